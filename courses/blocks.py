"""The four kinds of quiz question. Block ids name questions, list item ids name options."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError


class OptionBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Answer"))
    correct = blocks.BooleanBlock(required=False, label=_("Correct"))


class QuestionBlock(blocks.StructBlock):
    text = blocks.TextBlock(rows=2, label=_("Question"))


class ChoiceBlock(QuestionBlock):
    """`most_correct` limits how many options may be marked correct; at least one must be."""

    most_correct: int | None = None

    options = blocks.ListBlock(OptionBlock(), min_num=2, max_num=8, label=_("Answers"))
    explanation = blocks.TextBlock(rows=2, required=False, label=_("Explanation"))

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        correct = sum(1 for option in cleaned["options"] if option["correct"])
        if correct < 1 or (self.most_correct and correct > self.most_correct):
            message = (
                _("Mark exactly one answer as correct.")
                if self.most_correct == 1
                else _("Mark at least one answer as correct.")
            )
            raise StructBlockValidationError(
                block_errors={"options": ValidationError(message)}, non_block_errors=[]
            )
        return cleaned


class SingleChoiceBlock(ChoiceBlock):
    most_correct = 1

    class Meta:
        icon = "radio-full"
        label = _("One answer")


class MultipleChoiceBlock(ChoiceBlock):
    class Meta:
        icon = "tick-inverse"
        label = _("Several answers")


class TrueFalseBlock(QuestionBlock):
    answer = blocks.BooleanBlock(required=False, label=_("The statement is true"))
    explanation = blocks.TextBlock(rows=2, required=False, label=_("Explanation"))

    class Meta:
        icon = "check"
        label = _("True or false")


class OrderingBlock(QuestionBlock):
    items = blocks.ListBlock(
        blocks.CharBlock(label=_("Step")), min_num=2, max_num=8, label=_("In the right order")
    )
    explanation = blocks.TextBlock(rows=2, required=False, label=_("Explanation"))

    class Meta:
        icon = "list-ol"
        label = _("Put in order")


class QuizBlocks(blocks.StreamBlock):
    single = SingleChoiceBlock()
    multiple = MultipleChoiceBlock()
    true_false = TrueFalseBlock()
    ordering = OrderingBlock()
