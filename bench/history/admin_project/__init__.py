"""Django's admin over the result table, as people use it without Celeriac."""
