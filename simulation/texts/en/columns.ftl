# Columns of the files of a result: unit, then what it is.

column-weeks-structure = text: the structure
column-weeks-replication = number: the possible year
column-weeks-week = date: first day of the week; weeks begin on Mondays, the first and the last one may be cut by the run
column-weeks-days = days: how many days of the week are counted
column-weeks-leads = number: leads that came in the week (arrived or found)
column-weeks-leads-found = number: those of them that attempts found
column-weeks-answered = number: those of them with a first contact by the end of the run
column-weeks-lost-unanswered = number: those of them that nobody answered in time
column-weeks-qualified = number: those of them that passed qualification by the end of the run
column-weeks-won-leads = number: those of them that became a deal by the end of the run
column-weeks-open-leads = number: those of them that are open at the end of the run
column-weeks-deals = number: first deals closed in the week, whenever the lead came
column-weeks-deals-first-day = number: those of the deals whose lead was open on the first counted day
column-weeks-deals-new = number: those of the deals whose lead came since
column-weeks-lost-first-day = number: leads of the first day lost in the week
column-weeks-lost-new = number: leads that came since, lost in the week
column-weeks-open-first-day = number: leads of the first day that are open at the end of the week
column-weeks-open-new = number: leads that came since and are open at the end of the week
column-weeks-orders = number: repeat orders served in the week
column-weeks-distributor-orders = number: distributors' orders in the week
column-weeks-revenue = money: revenue of the sales of the week, after discounts
column-weeks-new-revenue = money: revenue of first deals
column-weeks-gross-margin = money: revenue less the cost of goods
column-weeks-customers-won = number: customers of repeat products that joined in the week
column-weeks-customers-lost = number: customers that left in the week
column-weeks-customers-end = number: customers at the end of the week
column-weeks-leavers = number: people who left the firm in the week
column-weeks-hires = number: people who came in the week
column-weeks-ordered-revenue = money: worth of the orders placed in the week
column-weeks-unbilled-revenue = money: worth of the orders that wait to be billed at the end of the week

column-funnel-structure = text: the structure
column-funnel-replication = number: the possible year
column-funnel-channel = text: the channel of the leads
column-funnel-product = text: the product that they ask for
column-funnel-process = text: the process that they go through
column-funnel-stage = text: the stage; "qualify" is qualification
column-funnel-part = text: "first_day", leads that were open on the first counted day; "new", those that came since
column-funnel-entered = number: leads that came into the stage in the run, or were in it on its first day = passed + won + lost + open
column-funnel-passed = number: those of them that went on to the next stage
column-funnel-won = number: those of them that became a deal (in the last stage)
column-funnel-lost = number: those of them that were lost in the stage
column-funnel-open = number: those of them that are in the stage at the end of the run
column-funnel-silent = number: those of the open that are lost already, while their customers have not said so
column-funnel-days-p50 = calendar days: time in the stage by which half of them have left it (Kaplan-Meier; of the first day's leads from that day on); empty where fewer are seen to leave
column-funnel-days-p90 = calendar days: the same for nine of ten
