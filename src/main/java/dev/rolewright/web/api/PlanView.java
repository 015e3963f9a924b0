package dev.rolewright.web.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rolewright.model.Reason;
import dev.rolewright.model.TargetName;
import dev.rolewright.plan.Line;
import dev.rolewright.plan.Note;
import dev.rolewright.plan.Plan;
import dev.rolewright.plan.PlanJson;
import dev.rolewright.plan.Step;
import dev.rolewright.reconcile.plans.KeptPlan;
import dev.rolewright.web.api.TargetView.NoteView;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.List;
import java.util.stream.Stream;

/// A plan as people read it, with each step also as a machine reads it.
record PlanView(String target, List<LineView> lines, List<NoteView> notes) {

    /// How a plan is asked for as text; who does not say what they want gets JSON.
    static final String AS_TEXT = "text/plain;qs=0.5";

    private static final MediaType TEXT = MediaType.TEXT_PLAIN_TYPE.withCharset(StandardCharsets.UTF_8.name());

    static Response text(KeptPlan plan) {
        return text(Plan.print(plan.lines(), plan.notes()));
    }

    /// Text that is sent while it is made. It does not tell how much we like to give it.
    static Response text(Stream<String> parts) {
        StreamingOutput plan = body -> {
            Writer writer = new OutputStreamWriter(body, StandardCharsets.UTF_8);
            for (String part : (Iterable<String>) parts::iterator) {
                writer.write(part);
            }
            writer.flush();
        };
        return Response.ok(plan, TEXT).build();
    }

    /// @param sign `+`, `~` or `-`
    /// @param because the reasons, one sentence each
    /// @param step the step as it is kept and performed
    record LineView(String sign, String text, List<String> because, JsonNode step) {

        static LineView of(Line line) {
            return new LineView(
                    String.valueOf(line.step().sign().mark()),
                    line.step().label(),
                    line.reasons().stream().map(Reason::sentence).toList(),
                    PlanJson.write(line.step()));
        }
    }

    /// A step in one line.
    static String line(Step step) {
        return step.sign().mark() + " " + step.label();
    }

    static PlanView of(Plan plan) {
        return of(plan.target(), plan.lines(), plan.notes());
    }

    static PlanView of(KeptPlan plan) {
        return of(plan.target(), plan.lines(), plan.notes());
    }

    private static PlanView of(TargetName target, List<Line> lines, List<Note> notes) {
        return new PlanView(
                target.value(),
                new Views(lines),
                notes.stream().map(NoteView::of).toList());
    }

    /// Each is made when it is sent: a plan may be about everybody.
    private static final class Views extends AbstractList<LineView> {

        private final List<Line> lines;

        Views(List<Line> lines) {
            this.lines = lines;
        }

        @Override
        public LineView get(int index) {
            return LineView.of(lines.get(index));
        }

        @Override
        public int size() {
            return lines.size();
        }
    }
}
