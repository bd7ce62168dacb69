#!/usr/bin/env python3
"""Sends a folder of photos to a WebODM server, follows the console, fetches the orthophoto and tidies up.

Nothing in it is particular to OdmNode, and it needs nothing but `requests` (Debian: python3-requests):

    quickstart.py PHOTOS --server http://localhost:8000 --password CHOOSE --option orthophoto-resolution=5
"""

import argparse
import contextlib
import json
import pathlib
import sys
import time

import requests

QUEUED, RUNNING, FAILED, COMPLETED, CANCELED = 10, 20, 30, 40, 50
PATIENCE = 60


class Server:
    """The few requests of the WebODM Task API that a survey needs."""

    def __init__(self, address, user, password):
        self.api = address.rstrip("/") + "/api"
        self.session = requests.Session()
        answer = self.call("POST", "/token-auth/", data={"username": user, "password": password})
        self.session.headers["Authorization"] = "JWT " + answer.json()["token"]

    def call(self, method, path, **arguments):
        try:
            answer = self.session.request(method, self.api + path, timeout=PATIENCE, **arguments)
        except requests.RequestException as error:
            raise SystemExit(f"{method} {path}: {error}") from None
        if not answer.ok:
            raise SystemExit(f"{method} {path}: {answer.status_code} {answer.text}")
        return answer

    def create_project(self, name):
        return self.call("POST", "/projects/", data={"name": name}).json()["id"]

    def delete_project(self, project):
        self.call("DELETE", f"/projects/{project}/")

    def create_task(self, project, photos, options):
        with contextlib.ExitStack() as opened:
            parts = [
                ("images", (photo.name, opened.enter_context(photo.open("rb")), "image/jpeg"))
                for photo in photos
            ]
            return self.call(
                "POST", f"/projects/{project}/tasks/", files=parts, data={"options": json.dumps(options)}
            ).json()


def follow(server, path, pause):
    """Prints the console while the task is worked on, and returns the task in its final state."""
    shown = 0
    while True:
        # The status is asked for first: what the console holds then is complete.
        task = server.call("GET", path).json()
        text = server.call("GET", path + "output/", params={"line": shown}).json()
        if text:
            print(text, flush=True)
            shown += text.count("\n") + 1
        if task["status"] in (FAILED, COMPLETED, CANCELED):
            return task
        time.sleep(pause)


def download(server, path, target):
    with server.call("GET", path + "download/orthophoto.tif", stream=True) as answer, target.open("wb") as file:
        for block in answer.iter_content(1 << 20):
            file.write(block)
    if target.stat().st_size != int(answer.headers["Content-Length"]):
        raise SystemExit(f"{target} has been cut short")


def find_photos(folder):
    if not folder.is_dir():
        raise SystemExit(f"{folder} is no folder")
    photos = sorted(path for path in folder.iterdir() if path.suffix.lower() in (".jpg", ".jpeg", ".tif", ".tiff"))
    if len(photos) < 2:
        raise SystemExit(f"{folder} holds {len(photos)} photos, and a survey needs two at least")
    return photos


def read_option(text):
    name, _, value = text.partition("=")
    try:
        return {"name": name, "value": json.loads(value or "true")}
    except json.JSONDecodeError:
        return {"name": name, "value": value}


def read_arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("photos", type=pathlib.Path, help="folder of JPEG or TIFF photos, two at least")
    parser.add_argument("--server", default="http://localhost:8000")
    parser.add_argument("--user", default="admin")
    parser.add_argument("--password", default="admin")
    parser.add_argument("--option", action="append", type=read_option, default=[], metavar="NAME[=VALUE]")
    parser.add_argument("--output", type=pathlib.Path, default=pathlib.Path("orthophoto.tif"))
    parser.add_argument("--pause", type=float, default=3, help="seconds between two looks at the task")
    return parser.parse_args()


def main():
    arguments = read_arguments()
    photos = find_photos(arguments.photos)
    server = Server(arguments.server, arguments.user, arguments.password)
    project = server.create_project("Quickstart")
    try:
        task = server.create_task(project, photos, arguments.option)
        path = f"/projects/{project}/tasks/{task['id']}/"
        print(f"Task {task['id']} of project {project}: {task['images_count']} photos sent", flush=True)
        task = follow(server, path, arguments.pause)
        if task["status"] != COMPLETED:
            raise SystemExit(f"The task ended with status {task['status']}: {task['last_error']}")
        download(server, path, arguments.output)
        print(f"{arguments.output}: made in {task['processing_time'] / 1000:.0f} s")
    finally:
        server.delete_project(project)
    return 0


if __name__ == "__main__":
    sys.exit(main())
