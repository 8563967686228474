"""Names that several offers carry."""

KIND = "task"
PROJECT_KIND = "project"
DOMAIN_NAME = "tasks"
ICON = "checkbox"
PROJECT_ICON = "folder"
