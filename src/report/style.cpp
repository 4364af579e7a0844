#include "report/style.h"

namespace inkling::report {

// Eight colours that colour-blind readers tell apart, after Okabe and Ito, darker on white and lighter on black.
std::string_view style_sheet() {
  return R"css(
:root{color-scheme:light dark;--paper:#fff;--card:#f7f8fa;--ink:#1b2230;--soft:#5b6475;--line:#dfe3ea;--warn:#fff4d6;
--k0:#0b5fc0;--k1:#c8450c;--k2:#0a7d4f;--k3:#8338b0;--k4:#a36f00;--k5:#1487b8;--k6:#c2407f;--k7:#6a7280}
@media(prefers-color-scheme:dark){:root{--paper:#12151c;--card:#1a1f29;--ink:#e7eaf1;--soft:#9da7b8;--line:#2d3442;
--warn:#3a3010;--k0:#6ba6ff;--k1:#ff8f5c;--k2:#4fd1a0;--k3:#c99bf0;--k4:#f0bf4c;--k5:#6fd0f5;--k6:#f58fbd;--k7:#a8b0bf}}
*{box-sizing:border-box}
body{font:16px/1.55 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:64rem;margin:0 auto;
padding:1.5rem 1rem 4rem}
h1{font-size:1.7rem;line-height:1.2;margin:.5rem 0}h2{font-size:1.25rem;margin:2.5rem 0 .5rem;padding-top:.8rem;
border-top:1px solid var(--line)}h3{font-size:1rem;margin:1.4rem 0 .3rem}p{margin:.5rem 0;max-width:46rem}
nav{display:flex;flex-wrap:wrap;gap:.2rem 1rem;font-size:.9rem;margin:1rem 0}a{color:var(--k0)}
small,figcaption,.soft{color:var(--soft);font-size:.86rem}
.notice{background:var(--warn);border-radius:.5rem;padding:.6rem .9rem;margin:1rem 0;max-width:none}
.plots{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,22rem),1fr));gap:1rem;margin:1rem 0}
figure{margin:0;background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:.7rem .7rem .6rem}
figure b{display:block;font-size:.95rem;margin:0 0 .3rem}figure:only-child{max-width:42rem}
svg{display:block;width:100%;height:auto}
.scroll{overflow-x:auto;margin:.8rem 0}table{border-collapse:collapse;font-size:.9rem;font-variant-numeric:tabular-nums}
td,th{border-bottom:1px solid var(--line);padding:.3rem .7rem .3rem 0;text-align:right;white-space:nowrap}
th{color:var(--soft);font-weight:600}td:first-child,th:first-child{text-align:left}
.words td{text-align:left;white-space:normal;overflow-wrap:anywhere}.words td:first-child{white-space:nowrap}
details{margin:.8rem 0}summary{cursor:pointer;color:var(--soft)}
text{fill:var(--soft);font:12px system-ui,sans-serif}text.name{fill:var(--ink)}
.c0{--c:var(--k0)}.c1{--c:var(--k1)}.c2{--c:var(--k2)}.c3{--c:var(--k3)}.c4{--c:var(--k4)}.c5{--c:var(--k5)}
.c6{--c:var(--k6)}.c7{--c:var(--k7)}
.curve{fill:none;stroke:var(--c);stroke-width:2;stroke-linejoin:round}.dashed{stroke-dasharray:5 4}
.key{stroke-width:3}.band{fill:var(--c);fill-opacity:.14;stroke:none}.whisker{stroke:var(--c);stroke-width:2;
stroke-opacity:.55}.dot{fill:var(--c);stroke:none}.faint{fill-opacity:.45}.bar{fill:var(--c);fill-opacity:.75}
.grid{stroke:var(--line);stroke-width:1}.axis{stroke:var(--soft);stroke-width:1}
.level{stroke:var(--soft);stroke-width:1.5;stroke-dasharray:3 4;fill:none}.cell{fill:var(--k0)}
.ground{fill:none;stroke:var(--line)}
@media print{body{max-width:none}figure{break-inside:avoid}}
)css";
}

}  // namespace inkling::report
