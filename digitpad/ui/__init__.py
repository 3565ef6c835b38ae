"""What a person sees: Qt and ink, never torch."""
