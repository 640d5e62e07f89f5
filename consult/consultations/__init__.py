"""A consultation: its pages, documents and questionnaire, and who may publish and change it."""
