# Words for values that scenarios give ranges to.
input-channel-leads = leads a month ({ $channel })
input-channel-fit = share of leads that can buy ({ $channel })
input-channel-quality = quality of leads ({ $channel })
input-channel-deal-size = size of deals ({ $channel })
input-channel-find = leads found per call ({ $channel })
input-channel-cost = monthly cost of the channel ({ $channel })
input-product-deal = average deal ({ $product })
input-product-margin = gross margin ({ $product })
input-product-price-buyers = answer of new buyers to the price ({ $product })
input-product-price-orders = answer of clients' orders to the price ({ $product })
input-product-price-churn = clients who leave for the price ({ $product })
input-product-paperwork = paperwork of a deal ({ $product })
input-qualification-work = work of a first contact
input-true-positive = good leads recognised
input-false-positive = bad leads let through
input-stage-work = work at the stage “{ $stage }”
input-stage-conversion = conversion at the stage “{ $stage }”
input-order-every = time between a customer’s orders
input-order-size = size of a repeat order
input-requests = requests of a customer a month
input-late-share = share of late payers
input-initial-customers = customers at the start
input-initial-pipeline = open leads at the start
input-customer-delay = delay of a customer’s hand-off
input-customer-work = reading-in after a customer’s hand-off
input-recruiting-time = time to fill a position
input-recruiting-cost = cost of a hire
input-training-days = days of training
input-onboarding-cost = cost of training
input-probation-failure = newcomers who fail on probation
input-turnover = turnover a year
input-role-turnover = turnover a year ({ $role }, { $structure })
input-role-due = { $activity ->
    [sell] time until the next step of an open lead is due
    [serve] time until an order or request is due
    [paperwork] time until papers are due
    [collect] time until a reminder is due
    [upsell] time until a proposal is due
    [care] time until a call to a client is due
    [qualify] time until a first answer is due
   *[other] time until work is due
} ({ $role }, { $structure })
input-role-most-open = most open leads in hand ({ $role }, { $structure })
input-role-care = calls a month to each client ({ $role }, { $structure })
input-care-wanted = calls a month that a client wants
input-care-most = calls a month that a client puts up with
input-care-churn = how much calls keep clients from leaving
input-care-orders = how much calls enlarge orders
input-care-work = work of a call to a client
