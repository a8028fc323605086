# Лучшее деление: численность словами, что исключено, что выбрано и насколько это надёжно.
people-of-role = { $count } × { $role }
people-hunter = { $count ->
    [one] { $count } хантер
    [few] { $count } хантера
   *[other] { $count } хантеров
 }
people-closer = { $count ->
    [one] { $count } клоузер
    [few] { $count } клоузера
   *[other] { $count } клоузеров
 }
people-farmer = { $count ->
    [one] { $count } фермер
    [few] { $count } фермера
   *[other] { $count } фермеров
 }
people-closer-farmer = { $count ->
    [one] { $count } клоузер-фермер
    [few] { $count } клоузера-фермера
   *[other] { $count } клоузеров-фермеров
 }
people-universal-manager = { $count ->
    [one] { $count } универсальный менеджер
    [few] { $count } универсальных менеджера
   *[other] { $count } универсальных менеджеров
 }
split-people = { $people }
split-with = { $split } ({ $options })
amount = { $amount }
ruled-nobody = работу роли «{ $role }» никто не делает
ruled-overload = { $people }: работы в { $times } раза больше, чем времени, что бы ни менялось вокруг
