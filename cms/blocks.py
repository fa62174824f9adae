"""The few coarse blocks that every body is made of; their names are stored, so they stay."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock
from wagtailmedia.blocks import VideoChooserBlock


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Text"))
    source = blocks.CharBlock(required=False, label=_("Source"))

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "cms/blocks/quote.html"


class ParentTaskBlock(blocks.StructBlock):
    """Something parent and child do together."""

    title = blocks.CharBlock(label=_("Title"))
    minutes = blocks.IntegerBlock(min_value=1, max_value=240, label=_("Minutes"))
    steps = blocks.ListBlock(blocks.CharBlock(label=_("Step")), min_num=1, label=_("Steps"))

    class Meta:
        icon = "tasks"
        label = _("Parent task")
        template = "cms/blocks/parent_task.html"


class PictureBlock(blocks.StructBlock):
    image = ImageBlock(label=_("Image"))
    caption = blocks.CharBlock(required=False, label=_("Caption"))

    class Meta:
        icon = "image"
        label = _("Image")
        template = "cms/blocks/image.html"


class VideoBlock(blocks.StructBlock):
    recording = VideoChooserBlock(label=_("Recording"))
    caption = blocks.CharBlock(required=False, label=_("Caption"))

    class Meta:
        icon = "media"
        label = _("Video")
        template = "cms/blocks/video.html"


class DownloadBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(label=_("Title"))

    class Meta:
        icon = "download"
        label = _("Download")
        template = "cms/blocks/download.html"


class ResourceLinkBlock(blocks.StructBlock):
    page = blocks.PageChooserBlock(page_type="cms.ResourcePage", label=_("Resource"))
    note = blocks.CharBlock(required=False, label=_("Note"))

    class Meta:
        icon = "link"
        label = _("Link to a resource")
        template = "cms/blocks/resource_link.html"


class BodyBlocks(blocks.StreamBlock):
    heading = blocks.CharBlock(icon="title", label=_("Heading"), template="cms/blocks/heading.html")
    paragraph = blocks.RichTextBlock(
        features=["bold", "italic", "ol", "ul", "link"],
        label=_("Text"),
        template="cms/blocks/paragraph.html",
    )
    image = PictureBlock()
    video = VideoBlock()
    quote = QuoteBlock()
    key_points = blocks.ListBlock(
        blocks.CharBlock(label=_("Point")),
        icon="list-ul",
        label=_("Key points"),
        template="cms/blocks/key_points.html",
    )
    parent_task = ParentTaskBlock()
    download = DownloadBlock()
    resource_link = ResourceLinkBlock()
