package dev.rolewright.web.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;

/// Reads the body of a request, whoever it is for.
@Singleton
class Bodies {

    private final BodyReader reader;

    Bodies(ScimConfig config) {
        reader = new BodyReader(config.limits());
    }

    ObjectNode read(Exchange exchange, InputStream body) throws IOException {
        HttpServerRequest http = exchange.http();
        MediaTypes.requireJson(http.getHeader(HttpHeaders.CONTENT_TYPE));
        MediaTypes.requirePlain(http.getHeader(HttpHeaders.CONTENT_ENCODING));
        String length = http.getHeader(HttpHeaders.CONTENT_LENGTH);
        return reader.read(body, length == null ? -1 : Long.parseLong(length));
    }
}
