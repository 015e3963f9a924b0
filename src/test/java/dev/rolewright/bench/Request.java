package dev.rolewright.bench;

/// One request of the load, and the status that says it did what was asked.
record Request(String method, String target, String body, int expected) {

    static Request get(String target) {
        return new Request("GET", target, "", 200);
    }

    static Request post(String target, String body) {
        return new Request("POST", target, body, 201);
    }

    static Request patch(String target, String body, int expected) {
        return new Request("PATCH", target, body, expected);
    }
}
