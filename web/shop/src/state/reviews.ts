// Reviews made from an item's simulated rating: the same item has the same ones. The page says that they are simulated.
import { Draw } from "../format/random";
import type { Language } from "./settings";
import { TOPICS } from "./app_tables";

export interface Review {
  topic: number; // index into the texts' topics
  stars: number;
  name: string;
  text: string;
  days_ago: number;
}

const NAMES: Record<Language, readonly string[]> = {
  en: ["Mara", "Theo", "Ines", "Jonas", "Priya", "Oskar", "Lena", "Amadou", "Sofie", "Kenji", "Rosa", "Emil"],
  zh: ["林小姐", "陈先生", "小周", "阿敏", "王女士", "老赵", "小何", "吴同学", "安安", "孙先生", "可可", "李阿姨"],
};

// [topic][0: content, 1: not content]
const SAID: Record<Language, readonly (readonly [readonly string[], readonly string[]])[]> = {
  en: [
    [
      ["Just the size I had hoped for.", "Sits well, even after a long day."],
      ["Runs smaller than the pictures suggest.", "Did not suit me at all; sent it back."],
    ],
    [
      ["Solid, and every seam is clean.", "Two months of daily use and no scratch."],
      ["The finish came off within a week.", "Feels thinner than I expected."],
    ],
    [
      ["Here two days early.", "Came on the day that was promised."],
      ["A week late, and nobody said why.", "Left in the rain at the wrong door."],
    ],
    [
      ["I paid twice as much for the last one, and it was worse.", "Fair price for what you get."],
      ["Too dear for what it is.", "On sale a week after I bought it. Pity."],
    ],
    [
      ["Even nicer than drawn.", "The colour is warm and goes with everything."],
      ["The colour is not the one in the picture.", "Looks rather plain on the table."],
    ],
    [
      ["Works from the first minute, no manual needed.", "I use it every single day."],
      ["Took me an evening to find out how it works.", "Does less than it says."],
    ],
    [
      ["Packed in paper, nothing loose.", "A box that one likes to open."],
      ["So much plastic for so little inside.", "The box arrived dented."],
    ],
    [
      ["One question, one answer, one hour.", "They sent the missing part at once."],
      ["I am still waiting for a reply.", "Friendly, but it took three letters."],
    ],
  ],
  zh: [
    [
      ["大小正合适。", "用了一整天也很舒服。"],
      ["比图片上看起来小。", "不太适合我，已退货。"],
    ],
    [
      ["做工扎实，细节干净。", "每天用，两个月没有划痕。"],
      ["一周就掉漆了。", "比想象中单薄。"],
    ],
    [
      ["提前两天就到了。", "按时送达。"],
      ["晚了一周，也没人解释。", "放错了门口，还淋了雨。"],
    ],
    [
      ["比上次贵一倍的还好用。", "价格公道。"],
      ["这个价有点贵。", "刚买一周就降价了。"],
    ],
    [
      ["比图上还好看。", "颜色温暖，很百搭。"],
      ["颜色和图片不一样。", "摆在桌上有点普通。"],
    ],
    [
      ["拿到就会用，不用看说明书。", "每天都在用。"],
      ["琢磨了一晚上才会用。", "没有说的那么好。"],
    ],
    [
      ["纸质包装，很稳固。", "拆箱很有仪式感。"],
      ["塑料包装太多了。", "盒子压扁了。"],
    ],
    [
      ["一小时内就回复了。", "缺的配件马上补寄。"],
      ["还在等回复。", "态度很好，但来回了三次。"],
    ],
  ],
};

export function reviewsOf(item: string, rating: number, count: number, language: Language): Review[] {
  const draw = new Draw(`reviews ${item}`);
  const shown = Math.min(count, 2 * TOPICS);
  return Array.from({ length: shown }, (_, index) => {
    const topic = index % TOPICS;
    const stars = Math.max(1, Math.min(5, Math.round(rating + 2.4 * (draw.uniform() + draw.uniform() - 1))));
    const which = Math.floor(index / TOPICS) % 2;
    const said = SAID[language][topic]![stars >= 3.5 ? 0 : 1];
    const name = NAMES[language][draw.below(NAMES.en.length)] as string;
    return { topic, stars, name, text: said[which] as string, days_ago: 2 + draw.below(300) };
  });
}
