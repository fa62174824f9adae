"""Views in the place of pages: they count how often they were asked and tell what they saw."""

from django.http import HttpResponse
from django.urls import path
from django.views.decorators.cache import cache_control
from wagtail.models import Page

asked = []
while_rendering = []


def page(request, name):
    asked.append(request.get_full_path())
    for happen in while_rendering:
        happen()
    title = Page.objects.filter(slug=name).values_list("title", flat=True).first() or name
    seen = f"{request.GET.urlencode()}|{sorted(request.COOKIES)}|{request.headers.get('Accept')}"
    response = HttpResponse(f"<p>{title}</p><p>{seen}</p>" + "字" * 500)
    response["Cache-Control"] = "public, max-age=60"
    return response


def private(request):
    """As Wagtail's view restrictions: what is shown depends on the cookie."""
    asked.append(request.get_full_path())
    response = HttpResponse("secret" if "pass" in request.COOKIES else "locked")
    response["Cache-Control"] = "public"
    response["Vary"] = "Cookie"
    return response


def counting(**headers):
    def view(request):
        asked.append(request.get_full_path())
        response = HttpResponse("x", headers={"Cache-Control": "public", **headers})
        if "Set-Cookie" in headers:
            del response["Set-Cookie"]
            response.set_cookie("a", "b")
        return response

    return view


def moved(request):
    asked.append(request.get_full_path())
    if request.GET.get("id") == "5":
        return HttpResponse(status=302, headers={"Location": "/page/five/"})
    return HttpResponse("gone", status=404)


@cache_control(public=True)
def other(request):
    asked.append(request.get_full_path())
    return HttpResponse("ok")


urlpatterns = [
    path("page/<str:name>/", page, name="wagtail_serve"),
    path("private/", private, name="wagtail_serve"),
    path("moved/", moved, name="wagtail_serve"),
    path("cookie/", counting(**{"Set-Cookie": "1"}), name="wagtail_serve"),
    path("varies/", counting(Vary="Accept-Language"), name="wagtail_serve"),
    path("not-public/", counting(**{"Cache-Control": "max-age=60"}), name="wagtail_serve"),
    path("no-store/", counting(**{"Cache-Control": "public, no-store"}), name="wagtail_serve"),
    path("learn/", other, name="learn"),
]
