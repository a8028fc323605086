# Names: reasons for which a lead was lost.

reason-unanswered = nobody answered in time
reason-answered-late = answered late, interest gone
reason-disqualified-unfit = rightly sorted out
reason-disqualified-fit = a good lead dropped
reason-hand-off = lost between two roles
reason-waited = waited too long between stages
reason-question = a question left unanswered
reason-declined = said no
reason-unfit = could not buy at all
reason-leaver = left with the person who held it
reason-expired = never answered, and closed
reason-declined-at-once = lost as it came, without any work
reason-not-reached = never reached, and closed
measure-profit-bare = Margin after pay
measure-profit-with-end-value-bare = Margin after pay with end value
