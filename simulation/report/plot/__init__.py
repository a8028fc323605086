"""The charts, for the page, for proposals and for notebooks: each takes a result, and axes or a figure to draw upon.

Every chart is a public function; nothing is shown or saved, no global state of matplotlib is touched, and what is
returned can be restyled. `lang` ('en', 'ru') is the language of the words; that of the scenario's locale when None.
`CHARTS` lists them with what each applies to. Start with `style`.
"""

from simulation.report.plot.break_even import break_even
from simulation.report.plot.comparison import difference, measure, profit
from simulation.report.plot.diagram import diagram
from simulation.report.plot.gallery import CHARTS, Chart, Drawing, drawings
from simulation.report.plot.gantt import gantt
from simulation.report.plot.leads import funnel, lost_leads
from simulation.report.plot.money import channel_economics, money_waterfall
from simulation.report.plot.months import cash, customers, revenue_against_plan, workload
from simulation.report.plot.overview import overview
from simulation.report.plot.plan_funnel import plan_funnel
from simulation.report.plot.responses import response_times
from simulation.report.plot.staffing import staffing
from simulation.report.plot.weak_link import weak_link

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
