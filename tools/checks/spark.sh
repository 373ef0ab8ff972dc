#!/usr/bin/env bash
# Compares data sets from a small Spark cluster with those of digitgen dataset.
#
#     tools/check spark [COUNT]    images in the main run (100000)
#
# The cluster has two workers on this machine, each a process of its own, and runs tools/examples/spark_dataset.py.
# Needs Java 17 or later and Python 3; PySpark is installed into .build/spark.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/setup.sh"
source "$root/tools/support/build-digitgen.sh"

[ $# -le 1 ] && [[ ${1-1000} =~ ^[1-9][0-9]{3,}$ ]] ||
    fail 64 "usage: tools/check spark [COUNT], with COUNT at least 1000"
require_command java "Spark needs Java 17 or later"
build_digitgen
require_python_packages "$root/.build/spark" "$root/tools/checks/spark/requirements.txt"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
SPARK_HOME=$("$python" -c 'import os, pyspark; print(os.path.dirname(pyspark.__file__))')
export SPARK_HOME SPARK_WORKER_DIR=$work/workers PYSPARK_PYTHON=$python
export SPARK_LOCAL_IP=127.0.0.1
"$python" "$root/tools/checks/spark/check.py" "$digitgen" "$work" "${1:-100000}"
