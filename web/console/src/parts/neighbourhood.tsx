// A tag and its heaviest neighbours, drawn: the wider a line, the heavier the edge; its colour is its type.
import type { Edge, Filter, TagPage } from "../api/types";
import { fitted, frameOf, type Place, placesOf } from "../format/layout";
import { useSpeech } from "../i18n";
import { Link } from "./link";
import { useWidth } from "./use_width";

const DRAWN = 12;
const NARROW = 480;
const LETTER = 7; // pixels of half a character of East Asian scripts
const GAP = 12; // from a neighbour to its label

// The heaviest ones, those of one type together.
function drawnOf(tag: TagPage): Edge[] {
  const heaviest = [...tag.edges].sort((a, b) => b.weight - a.weight).slice(0, DRAWN);
  return tag.edges.filter((edge) => heaviest.includes(edge));
}

export function Neighbourhood({ tag, filter }: { tag: TagPage; filter: Filter }) {
  const { t } = useSpeech();
  const [box, width] = useWidth();
  const edges = drawnOf(tag);
  const label = width < NARROW ? 0.3 * width : 0.26 * width;
  const frame = frameOf(width, edges.length, label);
  const places = placesOf(edges.length, frame);
  const middle = { x: width / 2, y: frame.height / 2 };
  return (
    <div className="neighbourhood" ref={box} style={{ minHeight: frame.height }}>
      {width > 0 && (
        <svg width={width} height={frame.height} role="group" aria-label={t.tag.graph(tag.name)}>
          {edges.map((edge, i) => (
            <Line key={i} edge={edge} from={middle} to={places[i]!} />
          ))}
          <Middle name={tag.name} {...middle} room={(0.8 * (width - 2 * label)) / LETTER} />
          {edges.map((edge, i) => (
            <Neighbour key={i} edge={edge} place={places[i]!} filter={filter} room={(label - GAP - 8) / LETTER} />
          ))}
        </svg>
      )}
      <Legend edges={edges} />
    </div>
  );
}

function Line({ edge, from, to }: { edge: Edge; from: { x: number; y: number }; to: Place }) {
  return (
    <line
      className={`edge-${edge.type}`}
      x1={from.x}
      y1={from.y}
      x2={to.x}
      y2={to.y}
      strokeWidth={1 + 4 * edge.weight}
      strokeLinecap="round"
    />
  );
}

function Middle({ name, x, y, room }: { name: string; x: number; y: number; room: number }) {
  const text = fitted(name, room);
  const width = 26 + LETTER * [...text].reduce((sum, letter) => sum + (letter.codePointAt(0)! > 0x2e7f ? 2 : 1.1), 0);
  return (
    <g className="neighbourhood-middle">
      <rect x={x - width / 2} y={y - 18} width={width} height={36} rx={18} />
      <text x={x} y={y} textAnchor="middle" dominantBaseline="central">
        {text}
      </text>
    </g>
  );
}

interface NeighbourProps {
  edge: Edge;
  place: Place;
  filter: Filter;
  room: number;
}

function Neighbour({ edge, place: { x, y, side }, filter, room }: NeighbourProps) {
  const right = side === "right";
  return (
    <Link to={{ at: "tags", filter, tag: edge.other }} aria-label={edge.other.name}>
      <g className={`neighbour edge-${edge.type}`}>
        <title>{edge.other.name}</title>
        <circle cx={x} cy={y} r={6} />
        <text x={x + (right ? GAP : -GAP)} y={y} textAnchor={right ? "start" : "end"} dominantBaseline="central">
          {fitted(edge.other.name, room)}
        </text>
      </g>
    </Link>
  );
}

function Legend({ edges }: { edges: readonly Edge[] }) {
  const { t } = useSpeech();
  return (
    <ul className="legend">
      {[...new Set(edges.map(({ type }) => type))].map((type) => (
        <li key={type} className={`edge-${type}`}>
          <i /> {t.edge[type]}
        </li>
      ))}
    </ul>
  );
}
