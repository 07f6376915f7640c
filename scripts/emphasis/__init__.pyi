from emphasis.errors import EmphasisError as EmphasisError
from emphasis.notebook import MeasuredReport as MeasuredReport
from emphasis.notebook import MeasuredReports as MeasuredReports
from emphasis.notebook import Settings as Settings
from emphasis.notebook import read_report as read_report
from emphasis.notebook import read_reports as read_reports

__version__: str
