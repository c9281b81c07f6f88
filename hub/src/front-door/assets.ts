/** Signs in as a person of the demo, then opens their app. Without script the link opens the app, where one signs in oneself. */
export const ENTER_SCRIPT = `const note = document.querySelector(".note");
for (const link of document.querySelectorAll("a[data-persona]")) {
  link.addEventListener("click", async (event) => {
    event.preventDefault();
    note.textContent = note.dataset.wait;
    const { persona, session } = link.dataset;
    try {
      const response = await fetch("/v1/demo-sessions", {
        method: "POST",
        headers: { "content-type": "application/json", "weft-session": session },
        body: JSON.stringify({ persona }),
      });
      if (!response.ok) throw new Error((await response.json()).title);
      location.assign(link.href);
    } catch (error) {
      note.textContent = note.dataset.failed + " " + error.message;
    }
  });
}
`;

/** The same paper, ink and accent as the apps, without their fonts: the page is to be there at once. */
export const STYLE = `:root{color-scheme:light dark;--paper:light-dark(#faf6ef,#1b1714);--surface:light-dark(#fffdf9,#25201c);--ink:light-dark(#2a2420,#f3ebe1);--quiet:light-dark(#675b52,#b8aa9c);--line:light-dark(#e3d8ca,#3d352e);--accent:light-dark(#96391d,#e8997a);--on-accent:light-dark(#fff,#2a120a);--focus:light-dark(#25587a,#8dbfe0)}
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.55 system-ui,-apple-system,"Segoe UI",sans-serif}
header,main{max-width:64rem;margin:0 auto;padding:1.25rem clamp(1.25rem,5vw,3rem)}
header{display:flex;justify-content:space-between;align-items:center;gap:1rem}.logo svg{height:2.5rem;display:block}@media(prefers-color-scheme:dark){.logo path[stroke]{stroke:var(--ink)}}
nav{display:flex;gap:.25rem}nav a{color:var(--quiet);text-decoration:none;text-transform:uppercase;font-size:.8125rem;min-width:2.75rem;min-height:2.75rem;display:grid;place-items:center;border-radius:.5rem}
nav a[aria-current]{color:var(--ink);font-weight:650;background:var(--surface);box-shadow:inset 0 0 0 1px var(--line)}
h1{font-family:Georgia,"Iowan Old Style",serif;font-weight:500;font-size:clamp(2rem,6vw,3.4rem);line-height:1.12;letter-spacing:-.015em;max-width:26ch;margin:clamp(1.25rem,4vw,2.5rem) 0 1rem;text-wrap:balance}
.under{color:var(--quiet);max-width:64ch;margin:0 0 2rem;font-size:1.125rem}
.doors{list-style:none;margin:0;padding:0;display:grid;gap:1rem;grid-template-columns:repeat(auto-fit,minmax(16rem,1fr))}
.doors>li{background:var(--surface);border:1px solid var(--line);border-radius:1rem;padding:1.5rem;display:flex;flex-direction:column}
.doors h2{margin:0 0 .35rem;font-size:1.25rem}.doors p{margin:0 0 1.5rem;color:var(--quiet)}
.doors .first{border-color:var(--accent)}.people{list-style:none;margin:0;padding:0}.people p{margin:0 0 .75rem;font-size:.9375rem}.people a{display:inline-block;padding:.55rem 0;color:var(--accent);font-weight:600}.quiet.enter{background:none;color:var(--accent);box-shadow:inset 0 0 0 1px var(--accent)}
.enter{display:inline-grid;place-items:center;min-height:3rem;padding:0 1.5rem;border-radius:.75rem;background:var(--accent);color:var(--on-accent);text-decoration:none;font-weight:600}
.enter:hover{filter:brightness(.92)}a:focus-visible{outline:3px solid var(--focus);outline-offset:3px}
.note{min-height:1.6rem;margin:1rem 0}.more{display:flex;flex-wrap:wrap;gap:2rem 4rem;border-top:1px solid var(--line);padding:1.5rem 0 3rem}
.more h2{font-size:1rem;margin:0 0 .25rem}.more ul{list-style:none;margin:0;padding:0;display:flex;gap:1.25rem}.more p{margin:0}.more a{color:var(--accent);display:inline-block;padding:.55rem 0}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
`;
