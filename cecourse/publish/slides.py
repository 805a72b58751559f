"""Stub."""


def add_options(parser):
    pass


def build(options):
    raise NotImplementedError
