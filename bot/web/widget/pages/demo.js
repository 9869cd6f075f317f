// What a shop's page tells the widget: the product in view, and the basket. It may speak before the widget is loaded.
"use strict";
window.Rapport = window.Rapport || [];
const rapport = (name, ...values) => (Array.isArray(window.Rapport) ? window.Rapport.push([name, ...values]) : window.Rapport[name](...values));
const { item, title } = document.querySelector("main").dataset;
const basket = JSON.parse(sessionStorage.getItem("demo basket") || "[]");
const show = () => { document.getElementById("basket").textContent = basket.length; };
show();
rapport("context", { product: { id: item, title }, cart: basket });
document.getElementById("add").addEventListener("click", () => {
  basket.push(item);
  sessionStorage.setItem("demo basket", JSON.stringify(basket));
  show();
  rapport("context", { cart: [...new Set(basket)] });
});
