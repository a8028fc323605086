"""Print the order of the routines that meet at one moment."""

from simulation.department import order

print(order.__doc__)
print(order.table())
