package dev.rolewright.ops;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Keeps out of traces what people look for: a filter names somebody, and traces go to whoever runs their store. So it
/// does with the secret of a link that somebody made a part of the address.
@ApplicationScoped
class DiscreetTraces implements SpanProcessor {

    private static final AttributeKey<String> QUERY = AttributeKey.stringKey("url.query");
    private static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");
    private static final Predicate<String> LINK = Pattern.compile("(?i)/pickup").asPredicate();

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        if (span.getAttribute(QUERY) != null) {
            span.setAttribute(QUERY, "not told");
        }
        String path = span.getAttribute(PATH);
        if (path != null && LINK.test(path)) {
            span.setAttribute(PATH, "/pickup");
        }
    }

    @Override
    public boolean isStartRequired() {
        return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        // What is told is decided at the start.
    }

    @Override
    public boolean isEndRequired() {
        return false;
    }
}
