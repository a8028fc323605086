notebook-structure = Structure
notebook-people = Who sells and serves
notebook-channel = Channel
notebook-leads = Leads a month
notebook-found = as many as are found
