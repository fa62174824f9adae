# One image for every process of the school: web, worker, schedule (see deploy/entrypoint.sh).
FROM python:3.11-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PATH=/opt/venv/bin:$PATH
WORKDIR /app
COPY requirements.txt ./
RUN python -m venv /opt/venv && pip install --require-hashes -r requirements.txt
COPY . .
# The settings ask for secrets; these live for one step and are not in the image.
RUN pybabel compile --use-fuzzy -d locale -D django \
    && python deploy/build_frontend.py var/frontend && test -f var/frontend/mark \
    && python deploy/make_secrets.py var/env \
    && python manage.py collectstatic --no-input \
    && rm -r var/env var/npm

FROM python:3.11-slim-bookworm
# One thread a process: more would only hold more PostgreSQL connections, at the same speed; nginx
# sends the files.
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    HOST=0.0.0.0 PORT=8000 WEB_WORKERS=2 WEB_THREADS=1 WEB_STREAMS=0
RUN useradd --system --uid 10001 --home-dir /app school
WORKDIR /app
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
RUN mkdir -p var/media && chown -R school:school var/media && chown school:school var
USER school
EXPOSE 8000
ENTRYPOINT ["/app/deploy/entrypoint.sh"]
CMD ["web"]
