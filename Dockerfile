# Four stages: styles and scripts with Node, packages with pip, the browser extension, and the small image that runs.

FROM node:24-bookworm-slim AS assets
WORKDIR /trackeep
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY trackeep ./trackeep
RUN npm run build

FROM python:3.11-slim-bookworm AS packages
RUN python -m venv /opt/venv
COPY requirements.txt ./
RUN /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check -r requirements.txt

FROM python:3.11-slim-bookworm AS extension
WORKDIR /trackeep
COPY scripts/extension.py ./scripts/
COPY browser-extension ./browser-extension
RUN python scripts/extension.py

FROM python:3.11-slim-bookworm
# pg_dump and pg_restore, for backups
RUN apt-get update && apt-get install -y --no-install-recommends postgresql-client-15 && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /trackeep --shell /usr/sbin/nologin trackeep \
    && install --directory --owner=trackeep --group=trackeep --mode=0700 /data
COPY --from=packages /opt/venv /opt/venv
WORKDIR /trackeep
COPY wsgi.py gunicorn.conf.py ./
COPY config ./config
COPY extensions ./extensions
COPY trackeep ./trackeep
COPY --from=assets /trackeep/trackeep/static ./trackeep/static
COPY --from=extension /trackeep/build ./build
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    HOST=0.0.0.0 \
    PORT=8080 \
    DATA_DIR=/data
USER trackeep
VOLUME /data
EXPOSE 8080
# /health/ready answers 200 when the database does; the worker's container switches this check off.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/health/ready', timeout=4)"]
CMD ["sh", "-c", "flask --app wsgi migrate && exec python -m gunicorn --config gunicorn.conf.py wsgi:app"]
