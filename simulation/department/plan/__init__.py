"""The plan: everything that the year of one structure may ask, drawn or sized beforehand, as arrays.

`plan.Plan` is where to start reading; `table` says what a documented index is, `order_of_work` has crews, duties, desks
and levels. May use the scenario and the World; knows nothing of events or of people at work.
"""
