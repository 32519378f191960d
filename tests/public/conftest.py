"""The letters that lead to the public's pages."""

from tests.mail.fixtures import mail as mail
