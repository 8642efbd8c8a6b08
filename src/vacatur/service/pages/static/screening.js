// A file can be dropped, and a running screening shows its progress; without this the page reloads itself.
"use strict";

const drop = document.getElementById("drop");
const running = document.getElementById("running");

function dropped(event) {
  event.preventDefault();
  drop.classList.remove("over");
  if (!event.dataTransfer.files.length) return;
  document.getElementById("file").files = event.dataTransfer.files;
  drop.requestSubmit();
}

async function watch() {
  const answer = await fetch(`/api/v1/jobs/${running.dataset.job}`, { headers: { accept: "application/json" } });
  const job = answer.ok ? await answer.json() : { state: "gone" };
  if (job.state !== "running") {
    location.reload();
    return;
  }
  if (job.total) {
    const bar = document.getElementById("progress");
    bar.max = job.total;
    bar.value = job.rows;
    const number = (value) => value.toLocaleString("en");
    document.getElementById("count").textContent =
      `${number(job.rows)} of ${number(job.total)} rows, ${number(job.hits)} hits`;
  }
  setTimeout(watch, 500);
}

if (drop) {
  drop.addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", dropped);
}
if (running) setTimeout(watch, 300);
