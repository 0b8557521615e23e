"""When a person is to hear of something by a notification, and when it is tried again."""
