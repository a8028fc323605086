store-read-only = в { $path } нельзя писать ({ $only_read }): сыгранные годы берутся оттуда, новые не сохраняются
store-damaged-years = в { $path } есть испорченные годы: они играются заново
store-not-any-more = { $path }: { $error }: сыгранные годы больше не сохраняются; прогон продолжается
store-cannot-prune = { $path }: в хранилище нельзя писать, так что выбросить ничего нельзя
store-being-read = { $path } читает другая программа: размер пока остаётся прежним
store-keeps-size = { $path }: { $error }: размер пока остаётся прежним
store-unusable = { $path }: хранилищем нельзя воспользоваться: { $error }
store-none-here = { $path }: здесь нет хранилища
store-not-here = { $path }: здесь нельзя создать хранилище: { $reason }
store-not-opened = { $path }: хранилище не открывается: { $reason }
store-strange = { $path }: это база другой программы, а не хранилище; назовите другой файл
store-format = { $path }: у хранилища формат { $form }, а эта программа читает { $format }; назовите другой файл
store-damaged = { $path }: хранилище испорчено ({ $error }); из него ничего не взято. Удалите файл или назовите другой
store-unreadable = { $path }: хранилище не читается: { $failed }
store-off-unnamed = { $store } = { $off }, а другой файл не назван
store-folder = { $path }: это папка; назовите файл
store-no-file = { $path }: это не файл; назовите файл
