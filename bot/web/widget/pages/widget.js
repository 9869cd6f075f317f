// The form of /widget: writes the line and the policy, and shows the demo page with the same attributes.
"use strict";
const form = document.getElementById("form");
const server = new URL(".", location.href).href.replace(/\/$/, "");
const host = location.origin;
const escaped = (text) => text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");
let waiting;

function write() {
  const chosen = [...new FormData(form)].map(([name, value]) => [name, value.trim()]).filter(([, value]) => value);
  const attributes = chosen.map(([name, value]) => ` data-${name}="${escaped(value)}"`).join("");
  document.getElementById("line").textContent = `<script src="${server}/widget.js"${attributes} async></script>`;
  document.getElementById("policy").textContent = `script-src ${host}; connect-src ${host}; img-src ${host}`;
  const shown = new URLSearchParams(chosen.filter(([name]) => name !== "site" && name !== "storage"));
  shown.set("storage", "none");
  if (!shown.has("open")) shown.set("open", "true");
  if (shown.get("locale") === "zh") shown.set("lang", "zh");
  clearTimeout(waiting);
  waiting = setTimeout(() => { document.getElementById("preview").src = `demo?${shown}`; }, 350);
}
form.addEventListener("input", (event) => {
  if (event.target.id === "colour") form.elements.accent.value = event.target.value;
  write();
});
form.addEventListener("submit", (event) => event.preventDefault());
for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    document.getElementById("copied").textContent = "Copied.";
  });
}
write();
