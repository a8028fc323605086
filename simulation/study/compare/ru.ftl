comparison-title = Сравнение
