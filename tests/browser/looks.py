"""How a page may be looked at, and opening it so in a browser."""

from tests.browser.school import DESKTOP, PHONE

DOUBLE = (
    "addEventListener('DOMContentLoaded',"
    " () => document.documentElement.style.setProperty('font-size', '200%'))"
)
ELDER = "localStorage.setItem('school.elder', '1')"
LOOKS = {
    "light": (PHONE, ""),
    "dark": ({**PHONE, "color_scheme": "dark"}, ""),
    "elder": (PHONE, ELDER),
    "large": (PHONE, DOUBLE),
    "desktop": (DESKTOP, ""),
}
BROKEN = "/broken/"
COOKIE = "sessionid"


def context_of(browser, look):
    options, script = LOOKS[look]
    context = browser.new_context(**options)
    if script:
        context.add_init_script(script)
    return context


def play_the_role(context, school_url, sessions, role):
    context.clear_cookies()
    if sessions.get(role):
        context.add_cookies([{"name": COOKIE, "value": sessions[role], "url": school_url}])


def open_page(page, school_url, stage, view, until="networkidle"):
    """Goes there; a page that only an accident shows is put in its place."""
    if view.path.startswith(BROKEN):
        body = stage["broken"][view.path.removeprefix(BROKEN).strip("/")]
        page.route(
            f"**{view.path}", lambda route: route.fulfill(body=body, content_type="text/html")
        )
    return page.goto(school_url + view.path, wait_until=until)


def see_lazy_pictures(page):
    """A picture below the fold is fetched when somebody comes near it."""
    page.evaluate(
        "() => Promise.all([...document.images].map(image => {"
        " image.loading = 'eager'; return image.decode().catch(() => null); }))"
    )


def overflow(page):
    """How many pixels the page is wider than the screen; a phone's `innerWidth` grows with it."""
    root = "document.documentElement"
    return page.evaluate(f"{root}.scrollWidth - {root}.clientWidth")
