from cms.models.experts import ExpertIndexPage, ExpertPage
from cms.models.home import HomePage
from cms.models.indexes import IndexPage
from cms.models.resource import ResourcePage
from cms.models.resources import (
    ArticleIndexPage,
    ArticlePage,
    ShortVideoIndexPage,
    ShortVideoPage,
    StoryIndexPage,
    StoryPage,
)
from cms.models.taxonomy import AgeStage, Circumstance, Topic

__all__ = [
    "AgeStage",
    "ArticleIndexPage",
    "ArticlePage",
    "Circumstance",
    "ExpertIndexPage",
    "ExpertPage",
    "HomePage",
    "IndexPage",
    "ResourcePage",
    "ShortVideoIndexPage",
    "ShortVideoPage",
    "StoryIndexPage",
    "StoryPage",
    "Topic",
]
