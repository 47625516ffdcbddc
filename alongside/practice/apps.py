"""Scenarios, and the conversations that learners practise."""

from django.apps import AppConfig


class PracticeApp(AppConfig):
    """Scenarios, and the conversations that learners practise."""

    name = "alongside.practice"
