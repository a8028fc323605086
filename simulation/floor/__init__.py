"""The compiled floor: people at work as a kernel over arrays, equal to the object floor in every bit.

May use the tables of a year; knows no YAML, no statistics and no files. Importing this package costs nothing, for the
build imports it too. Start reading at `choice` (which floor a year is played on); `building` makes the extensions.
"""
