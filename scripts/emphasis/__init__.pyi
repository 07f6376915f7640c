from emphasis.errors import EmphasisError as EmphasisError
from emphasis.notebook import MeasuredReport as MeasuredReport
from emphasis.notebook import MeasuredReports as MeasuredReports
from emphasis.notebook import read_report as read_report
from emphasis.notebook import read_reports as read_reports
from emphasis.notebook_settings import Settings as Settings

__version__: str
