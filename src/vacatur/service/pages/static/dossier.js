// The dossier with JavaScript: a slider over time that changes the page's address and shows the status of its day.
// Without it the date form does the same.
"use strict";

const form = document.getElementById("when");
const slider = document.getElementById("slider");
const PARTS = ["standing-head", "picture", "standing", "next", "ownership"];
const DAY = 86400000;

function dayAt(offset) {
  return new Date(Date.parse(form.dataset.first) + offset * DAY).toISOString().slice(0, 10);
}

function offsetOf(day) {
  return Math.round((Date.parse(day) - Date.parse(form.dataset.first)) / DAY);
}

function addressOf(day) {
  const address = new URL(location.href);
  address.searchParams.set("on", day);
  return address;
}

let wanted = null;
let busy = false;

async function show() {
  if (busy) {
    return;
  }
  busy = true;
  while (wanted) {
    const address = wanted;
    wanted = null;
    try {
      const answer = await fetch(address, { headers: { accept: "text/html" } });
      if (!answer.ok) {
        continue;
      }
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const id of PARTS) {
        const [old, now] = [document.getElementById(id), fresh.getElementById(id)];
        if (old && now) {
          old.replaceWith(document.adoptNode(now));
        }
      }
      document.querySelectorAll(".days a").forEach((link, index) => {
        link.href = fresh.querySelectorAll(".days a")[index]?.href ?? link.href;
      });
    } catch {
      // the reader may be offline: the page keeps what it shows
    }
  }
  busy = false;
}

function ask(day) {
  form.elements.on.value = day;
  slider.setAttribute("aria-valuetext", day);
  wanted = addressOf(day);
  return show();
}

if (form && slider) {
  slider.min = 0;
  slider.max = offsetOf(form.dataset.last);
  slider.value = offsetOf(form.elements.on.value);
  slider.setAttribute("aria-valuetext", form.elements.on.value);
  slider.closest("[hidden]").hidden = false;
  slider.addEventListener("input", () => {
    const day = dayAt(Number(slider.value));
    history.replaceState(null, "", addressOf(day));
    ask(day);
  });
  form.elements.on.addEventListener("change", () => {
    const day = form.elements.on.value;
    if (day && !form.elements.on.validity.badInput) {
      slider.value = offsetOf(day);
      history.replaceState(null, "", addressOf(day));
      ask(day);
    }
  });
}
