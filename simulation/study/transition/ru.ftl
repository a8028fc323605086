transition-title = Чего стоит переход
transition-progress = переход к структуре «{ $structure }»
