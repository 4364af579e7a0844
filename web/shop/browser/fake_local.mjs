// Local services of the fake server: posts of two categories with tags, and the scenes over them. What the real scenes
// answer is the business of scenes/ and plugins/stages.
const SERVICES = [
  ["空调维修", "appliance_repair", ["加氟", "上门快"], "空调不制冷上门检查"],
  ["搬家", "moving", ["居民搬家", "车型可选"], "面包车搬家, 两名师傅"],
  ["空调维修", "appliance_repair", ["清洗", "质保三个月"], "空调深度清洗"],
];

export const posts = Array.from({ length: 45 }, (_, number) => {
  const [leaf, template, tags, title] = SERVICES[number % SERVICES.length];
  return {
    item: `post-${number}`,
    kind: "post",
    title: `${title} ${number + 1}`,
    category: ["本地服务", leaf],
    price: { cents: 8_000 + 700 * number },
    text: `${title}，随叫随到。`,
    shop: `师傅${number % 7}`,
    market: "杭州",
    tags,
    attributes: { template, distance_km: String(3 + number), lift: "true", total: String(8_000 + 700 * number) },
    on_sale: true,
  };
});

const name = (en, zh) => ({ en, zh });
export const MOVING = {
  template: "moving",
  fields: [
    { field: "distance_km", name: name("distance", "距离"), kind: "number", unit: "km" },
    { field: "lift", name: name("with a lift", "电梯房"), kind: "flag" },
    { field: "total", name: name("total price", "总价"), kind: "money" },
  ],
};

// [id, its tag, reasons]
const WANTS = [
  ["need/空调不制冷", "加氟", ["live_intent:空调维修", "popular"]],
  ["need/搬新家", "居民搬家", ["profile:搬家"]],
  ["scene/换季", "清洗", ["popular"]],
  ["tag/上门快@空调维修", "上门快", ["popular"]],
];

export const LOCAL_SCENES = ["scenario-slider", "local-list", "similar-posts"];

const listed = (list, request, scene, pageOf, reason) => {
  const page = pageOf(list, request, scene);
  return { ...page, items: page.items.map((each) => ({ ...each, reasons: [reason] })) };
};

// `picks`: ids that were told to /v1/events; they stand first in the next slider.
export function localScene(scene, request, picks, pageOf) {
  const { category, pick, item } = request.context ?? {};
  if (scene === "scenario-slider") {
    const list = [...WANTS].sort((a, b) => picks.includes(b[0]) - picks.includes(a[0]));
    const items = list.map(([id, , reasons]) => {
      const [kind, title] = id.split(/[/@]/);
      return { item: id, score: 1, recalls: [], reasons, display: { name: title, kind } };
    });
    return { ...pageOf([], request, scene), items };
  }
  const fits = (post) => !category || post.category.includes(category);
  if (scene === "similar-posts") {
    const tag = posts.find((post) => post.item === item)?.tags[0];
    return listed(posts.filter((post) => post.item !== item && post.tags.includes(tag)), request, scene, pageOf, `shares_tag:${tag}`);
  }
  const tag = WANTS.find(([id]) => id === pick)?.[1];
  const reason = pick ? `carries_tag:${tag}` : "new";
  return listed(posts.filter((post) => fits(post) && (!pick || post.tags.includes(tag))), request, scene, pageOf, reason);
}
