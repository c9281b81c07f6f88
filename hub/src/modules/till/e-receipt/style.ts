/** The paper, ink and accent of the apps, without their fonts and scripts: the page is there at once on any phone. */
export const STYLE = `:root{color-scheme:light dark;--paper:light-dark(#faf6ef,#1b1714);--surface:light-dark(#fffdf9,#25201c);--ink:light-dark(#2a2420,#f3ebe1);--quiet:light-dark(#675b52,#b8aa9c);--line:light-dark(#e3d8ca,#3d352e);--accent:light-dark(#96391d,#e8997a);--on-accent:light-dark(#fff,#2a120a);--bad:light-dark(#a32020,#ff9c8f);--focus:light-dark(#25587a,#8dbfe0)}
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.5 system-ui,-apple-system,"Segoe UI",sans-serif}
main,nav,.do{max-width:30rem;margin:0 auto;padding:0 1rem}
nav{display:flex;justify-content:flex-end}nav a{color:var(--quiet);text-decoration:none;text-transform:uppercase;font-size:.8125rem;min-width:2.75rem;min-height:2.75rem;display:grid;place-items:center;border-radius:.5rem}nav a[aria-current]{color:var(--ink);font-weight:650}
h1{font-size:1.375rem;margin:0}h2{font-size:1rem;margin:0 0 .25rem}p{margin:.25rem 0}
article{background:var(--surface);border:1px solid var(--line);border-radius:1rem;padding:1.25rem}
header{display:grid;gap:.125rem;margin-bottom:1rem}header p,.quiet,small{color:var(--quiet);margin:0}small{display:block;font-size:.875rem;overflow-wrap:anywhere}
section{border-top:1px solid var(--line);padding-top:.875rem;margin-top:.875rem}
.row{display:flex;justify-content:space-between;gap:1rem;font-variant-numeric:tabular-nums}.row>:first-child{min-width:0;overflow-wrap:anywhere}.row>:last-child{white-space:nowrap}
ul{list-style:none;margin:0;padding:0;display:grid;gap:.5rem}dl{margin:0;display:grid;gap:.25rem}dt,dd{margin:0}.total{font-size:1.25rem;font-weight:700}
table{width:100%;border-collapse:collapse;font-size:.875rem;font-variant-numeric:tabular-nums}th{font-weight:500;color:var(--quiet)}th,td{padding:.125rem 0;text-align:end}th:first-child,td:first-child{text-align:start}
.qr{background:#fff;border-radius:.5rem;width:9rem;margin:.75rem auto 0}.qr svg{display:block;width:100%;height:auto}.back{text-align:center}
code{display:block;font-size:.75rem;overflow-wrap:anywhere;color:var(--quiet)}.broken{color:var(--bad);font-weight:600}
.do{display:grid;gap:.75rem;padding-block:1.25rem 2.5rem}.button{display:grid;place-items:center;text-align:center;min-height:3rem;padding:.5rem 1.25rem;border-radius:.75rem;background:var(--accent);color:var(--on-accent);text-decoration:none;font-weight:600}.button.second{background:none;color:var(--accent);box-shadow:inset 0 0 0 1px var(--accent)}
article a{color:var(--accent);display:inline-block;padding:.5rem 0}a:focus-visible{outline:3px solid var(--focus);outline-offset:3px}
`;
