# Насколько твёрд ответ.
progress-what-ifs = проверка «а если»
firmness-all = «{ $ahead }» остаётся впереди во всех проверках «а если» (их { $count }).
firmness-turns = «{ $ahead }» остаётся впереди в { $holds } из { $count } проверок «а если»; ответ меняется, если { $what_ifs }.
firmness-more = И ещё в { $count }.
firmness-turn = { $what } ({ $worth } в другую сторону)
firmness-choice = в структуре «{ $structure }» { $policy }
firmness-input = { $name } — { $value }
firmness-horizon = смотреть на { $months } мес. вперёд
firmness-end-value = считать и ценность клиентов и воронки на конец
firmness-no-end-value = не считать ценность клиентов и воронки на конец
