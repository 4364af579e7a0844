// Which kinds of posts there are, or a post of one of them being written.
import { listTemplates, tellTemplate, type TemplateLine } from "../api/posts";
import { useSpeech } from "../i18n";
import { Link } from "../parts/link";
import { Notice, ProblemNotice } from "../parts/notice";
import { PostWriter } from "../parts/post_writer";
import { useAnswer } from "../state/answers";

export function Posts({ template }: { template: string | undefined }) {
  return template === undefined ? <Choose /> : <OneTemplate key={template} template={template} />;
}

function Choose() {
  const { t } = useSpeech();
  const { value, problem } = useAnswer("templates", listTemplates);
  return (
    <section className="templates">
      <h1>{t.posts.title}</h1>
      <p className="quiet">{t.posts.lead}</p>
      {problem && problem.kind !== "missing" && <ProblemNotice problem={problem} />}
      {(problem?.kind === "missing" || value?.length === 0) && <Notice title={t.posts.noTemplates} />}
      <ul className="templates-list" aria-label={t.posts.template}>
        {value?.map((each) => (
          <li key={each.template}>
            <TemplateCard line={each} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function TemplateCard({ line }: { line: TemplateLine }) {
  const { t, named } = useSpeech();
  return (
    <Link className="card template-card" to={{ at: "posts", template: line.template }}>
      <b>{named(line.name, line.template)}</b>
      <span className="quiet">
        {t.posts.fields(line.fields)}
        {line.prices && ` · ${t.posts.priced}`}
      </span>
    </Link>
  );
}

function OneTemplate({ template }: { template: string }) {
  const { t } = useSpeech();
  const { value, problem } = useAnswer(`template ${template}`, (signal) => tellTemplate(template, signal));
  if (problem?.kind === "missing") {
    return <Notice title={t.problem.lost} hint={problem.message} to={{ at: "posts" }} toText={t.posts.other} />;
  }
  if (problem) return <ProblemNotice problem={problem} />;
  return value ? <PostWriter form={value} /> : <div className="results-wait" aria-busy="true" />;
}
