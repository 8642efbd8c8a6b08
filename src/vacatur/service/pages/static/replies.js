// Replies with JavaScript: answering without leaving the page, a preview, a count, and no reply sent twice.
// Without it the same links and the same form do the same.
const form = document.getElementById("reply-form");

if (form) {
  const text = form.elements.text;
  const parent = document.getElementById("reply-parent");
  const answering = document.getElementById("answering");
  const count = document.getElementById("reply-count");
  const preview = document.getElementById("reply-preview");
  const show = document.getElementById("reply-show");
  const send = form.querySelector("button:not([type=button])");

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.answer");
    if (!link) {
      return;
    }
    event.preventDefault();
    parent.value = link.dataset.reply;
    document.getElementById("answered").textContent = link.dataset.name;
    answering.hidden = false;
    form.scrollIntoView({ block: "start" });
    text.focus({ preventScroll: true });
  });

  document.getElementById("answer-nobody").addEventListener("click", (event) => {
    event.preventDefault();
    parent.value = "";
    answering.hidden = true;
    text.focus();
  });

  function tell() {
    const left = text.maxLength - text.value.length;
    count.textContent = left < 1000 ? `${left} characters left.` : "";
  }
  text.addEventListener("input", tell);
  tell();

  show.hidden = false;
  show.addEventListener("click", async () => {
    const answer = await fetch(form.dataset.preview, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    if (answer.ok) {
      preview.innerHTML = await answer.text();
      preview.hidden = false;
    }
  });

  form.addEventListener("submit", () => {
    setTimeout(() => {
      send.disabled = true;
    });
  });
  window.addEventListener("pageshow", () => {
    send.disabled = false;
  });

  if (form.querySelector("[role=alert]")) {
    form.focus();
  }
}
