# Названия величин, для которых сценарии дают диапазоны.
input-channel-leads = лидов в месяц ({ $channel })
input-channel-fit = доля лидов, способных купить ({ $channel })
input-channel-quality = качество лидов ({ $channel })
input-channel-deal-size = размер сделок ({ $channel })
input-channel-find = найденных лидов на звонок ({ $channel })
input-channel-cost = затраты на канал в месяц ({ $channel })
input-product-deal = средняя сделка ({ $product })
input-product-margin = валовая маржа ({ $product })
input-product-price-buyers = отклик новых покупателей на цену ({ $product })
input-product-price-orders = отклик заказов клиентов на цену ({ $product })
input-product-price-churn = уход клиентов из-за цены ({ $product })
input-product-paperwork = оформление сделки ({ $product })
input-qualification-work = время на первый контакт
input-true-positive = доля распознанных годных лидов
input-false-positive = доля пропущенных негодных лидов
input-stage-work = работа на этапе «{ $stage }»
input-stage-conversion = конверсия этапа «{ $stage }»
input-order-every = время между заказами клиента
input-order-size = размер повторного заказа
input-requests = обращений клиента в месяц
input-late-share = доля платящих с опозданием
input-initial-customers = клиентов на старте
input-initial-pipeline = открытых лидов на старте
input-customer-delay = задержка при передаче клиента
input-customer-work = время вникнуть после передачи клиента
input-recruiting-time = время на закрытие вакансии
input-recruiting-cost = стоимость найма
input-training-days = дней обучения
input-onboarding-cost = стоимость обучения
input-probation-failure = не прошедшие испытательный срок
input-turnover = текучесть за год
input-role-turnover = текучесть за год ({ $role }, { $structure })
input-role-due = { $activity ->
    [sell] срок следующего шага по открытому лиду
    [serve] срок выполнения заказа или обращения
    [paperwork] срок оформления документов
    [collect] срок напоминания об оплате
    [upsell] срок предложения клиенту
    [care] срок звонка клиенту
    [qualify] срок первого ответа
   *[other] срок начала работы
} ({ $role }, { $structure })
input-role-most-open = предел открытых лидов на руках ({ $role }, { $structure })
input-role-care = звонков каждому клиенту в месяц ({ $role }, { $structure })
input-care-wanted = сколько звонков в месяц нужно клиенту
input-care-most = сколько звонков в месяц клиент терпит
input-care-churn = насколько звонки удерживают клиентов
input-care-orders = насколько звонки увеличивают заказы
input-care-work = время одного звонка клиенту
