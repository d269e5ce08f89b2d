# The program with its locked packages, for workers and scheduled runs (docs/operator.md, deploy/kubernetes.yaml).
#   docker build -t klachtenatlas . && docker run --rm -v "$PWD/data:/data" klachtenatlas build --raw /data/raw --out /data/out
FROM python:3.12-slim
RUN useradd --create-home --uid 1000 atlas && mkdir /data && chown atlas /data
WORKDIR /srv/klachtenatlas
COPY . .
# Compiled once, here: who runs it may not write here, and each process would compile the program anew.
RUN python scripts/install.py --into .venv && .venv/bin/python -m compileall -q -x '/\.venv/' . && rm -rf /root/.cache
USER 1000
ENV KLACHTENATLAS_CACHE=/data/cache PREFECT_SERVER_ANALYTICS_ENABLED=false
VOLUME /data
ENTRYPOINT ["/srv/klachtenatlas/.venv/bin/klachtenatlas"]
CMD ["--help"]
