# The program with its locked packages, for workers and scheduled runs (docs/operator.md).
#   docker build -t klachtenatlas . && docker run --rm -v "$PWD/data:/data" klachtenatlas build --raw /data/raw --out /data/out
FROM python:3.12-slim
RUN useradd --create-home atlas && mkdir /data && chown atlas /data
WORKDIR /srv/klachtenatlas
COPY . .
RUN python scripts/install.py --into .venv && .venv/bin/pip install --no-cache-dir 's3fs' && chown -R atlas .
USER atlas
ENV KLACHTENATLAS_CACHE=/data/cache PREFECT_SERVER_ANALYTICS_ENABLED=false
VOLUME /data
ENTRYPOINT ["/srv/klachtenatlas/.venv/bin/klachtenatlas"]
CMD ["--help"]
