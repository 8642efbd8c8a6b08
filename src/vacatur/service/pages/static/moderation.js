// The queue by single keys: j and k walk, a letter decides on the card in focus, x chooses it, u undoes.
// Without it the buttons do the same.
const cards = [...document.querySelectorAll("#queue .card[id]")];
const all = document.getElementById("all");

function current() {
  return document.activeElement ? document.activeElement.closest("#queue .card[id]") : null;
}

function walk(step) {
  const place = cards.indexOf(current());
  const next = cards[Math.min(cards.length - 1, Math.max(0, place + step))];
  if (next) {
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  }
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=checkbox]), textarea, select");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  if (event.key === "j" || event.key === "k") {
    walk(event.key === "j" ? 1 : -1);
    event.preventDefault();
    return;
  }
  const card = current() || cards[0];
  if (event.key === "x" && card) {
    card.querySelector("input[name=chosen]").click();
    return;
  }
  const within = event.key === "u" ? document : card;
  const button = /^[a-z]$/.test(event.key) && within ? within.querySelector(`[data-key="${event.key}"]`) : null;
  if (button && (event.key !== "d" || window.confirm("Delete it for good?"))) {
    event.preventDefault();
    button.click();
  }
});

if (all) {
  all.hidden = false;
  document.getElementById("keys").hidden = false;
  all.addEventListener("change", () => {
    for (const card of cards) {
      card.querySelector("input[name=chosen]").checked = all.firstElementChild.checked;
    }
  });
}
