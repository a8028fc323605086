# Собственный прошлый год против просчитанных.
history-title = Ваш прошлый год против просчитанных
history-number-column = показатель года
history-yours = у вас
history-simulated = в модели
history-range = девять лет из десяти
history-inside-column = сходится
history-yes = да
history-no = нет
