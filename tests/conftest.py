"""No test reads or fills the user's own store; a test of the store names one of its own."""

import os

os.environ["SALES_SIM_STORE"] = "off"
