// Keys for people who review much. Everything works without them; single keys can be switched off.
"use strict";

const shortcuts = document.getElementById("shortcuts");
const chosen = document.getElementById("keys-on");
const outcomes = { t: "true_match", f: "false_match", m: "need_more" };

function links() {
  return [...document.querySelectorAll("#queue tbody th a")];
}

function step(by) {
  const all = links();
  if (!all.length) return;
  const now = all.indexOf(document.activeElement);
  const next = now < 0 ? 0 : Math.min(Math.max(now + by, 0), all.length - 1);
  all[next].focus();
}

function choose(outcome) {
  const radio = document.querySelector(`#decision input[value="${outcome}"]`);
  if (!radio) return;
  radio.checked = true;
  document.getElementById("reason").focus();
}

function pressed(event) {
  const field = event.target.closest("input:not([type=radio]), textarea, select");
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.id === "reason") {
    document.getElementById("decision").requestSubmit();
    return;
  }
  if (field || !chosen.checked || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "j") step(1);
  else if (event.key === "k") step(-1);
  else if (event.key === "u") location.assign("/review");
  else if (event.key in outcomes) choose(outcomes[event.key]);
  else return;
  event.preventDefault();
}

shortcuts.hidden = false;
chosen.checked = localStorage.getItem("review-keys") !== "off";
chosen.addEventListener("change", () => localStorage.setItem("review-keys", chosen.checked ? "on" : "off"));
document.addEventListener("keydown", pressed);
