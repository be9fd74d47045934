"""Takes jobs from the queue, one after the other, and turns their texts round."""
import json
import time
from urllib.error import URLError
from urllib.request import Request, urlopen

QUEUE = "http://queue"


def work(text: str) -> str:
    return text[::-1]


def main() -> None:
    while True:
        try:
            with urlopen(QUEUE + "/jobs/next", timeout=30) as response:
                job = json.load(response)
            result = json.dumps({"result": work(job["text"])}).encode()
            urlopen(Request(f"{QUEUE}/results/{job['id']}", data=result, method="PUT"), timeout=5).close()
            print(f"job {job['id']} done")
        except (URLError, TimeoutError) as error:
            if getattr(error, "code", None) != 404:
                print(f"the queue does not answer: {error}")
                time.sleep(1)


main()
