no-export-crm = нет такого вида выгрузки: { $name }
no-faults = нет такого изъяна: { $name }
option-export-crm = Записать, что выгрузила бы CRM об одной структуре (первой названной) в одном возможном году (--replay, иначе 0): в этом виде или во всех (all); правда лежит в отдельной папке. Больше ничего не делается.
option-faults = Что в этой CRM не так: duplicates, re-entered, overwritten, closed-first, renamed, lost-month (можно указать несколько раз).
export-no-folder = --export-crm записывает файлы; укажите папку: --out DIR
faults-no-export = --faults нужна вместе с --export-crm ВИД
