"""The charts, for the page, for proposals and for notebooks: each takes a result, and axes or a figure to draw upon.

Every chart is a public function; nothing is shown or saved, no global state of matplotlib is touched, and what is
returned can be restyled. `ax` are the axes to draw upon, those of a new figure when None, and `fig` the figure;
`structure` is the one that is shown, the first when None; `lang` ('en', 'ru') is the language of the words, that of the
scenario's locale when None.
`CHARTS` lists them with what each applies to. Start with `style`.
"""

from simulation.report.plot.comparison import difference, measure, overview, profit, weak_link
from simulation.report.plot.diagram import diagram, gantt
from simulation.report.plot.gallery import CHARTS, Chart, Drawing, drawings
from simulation.report.plot.leads import funnel, lost_leads, plan_funnel, response_times
from simulation.report.plot.money import break_even, channel_economics, money_waterfall
from simulation.report.plot.months import cash, customers, revenue_against_plan, staffing, workload

__all__ = [
    "CHARTS",
    "Chart",
    "Drawing",
    "break_even",
    "cash",
    "channel_economics",
    "customers",
    "diagram",
    "difference",
    "drawings",
    "funnel",
    "gantt",
    "lost_leads",
    "measure",
    "money_waterfall",
    "overview",
    "plan_funnel",
    "profit",
    "response_times",
    "revenue_against_plan",
    "staffing",
    "weak_link",
    "workload",
]
